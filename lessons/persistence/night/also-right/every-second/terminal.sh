mosquitto_sub -t house/valve -C 1
sleep 3
sudo kill -9 734
