mosquitto_sub -h "$HOST" -p "$PORT" -u "$ROOM" -t home/hall/bell -C 1 -W 2
