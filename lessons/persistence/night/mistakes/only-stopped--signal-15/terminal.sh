mosquitto_sub -t house/valve -C 1
sudo pkill mosquitto
sudo systemctl start mosquitto
