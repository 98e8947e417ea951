mosquitto_sub -t house/valve -C 1
sudo pkill -9 mosquitto
