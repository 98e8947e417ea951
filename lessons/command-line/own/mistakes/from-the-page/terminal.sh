mosquitto_pub -t home/hall/bell -m ding
