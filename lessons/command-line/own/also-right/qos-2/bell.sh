echo ding | mosquitto_pub -h "$HOST" -p "$PORT" -u "$ROOM" -V 5 -q 2 -i bell -t home/hall/bell -s
