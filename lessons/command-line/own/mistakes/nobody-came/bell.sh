mosquitto_pub -h "$HOST" -p "$PORT" -t home/hall/bell -m ding
