mosquitto_sub -t house/valve -C 1
sudo systemctl stop mosquitto
