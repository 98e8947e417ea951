mosquitto_pub -h "$HOST" -p "$PORT" -u "$ROOM" -t home/hall/Bell -m ding
