mosquitto_sub -t house/log -C 1
sudo pkill -9 mosquitto
