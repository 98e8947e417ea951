mosquitto_sub -t house/valve -C 1
sudo pkill -USR1 mosquitto
sudo systemctl status mosquitto
sudo pkill -KILL mosquitto
