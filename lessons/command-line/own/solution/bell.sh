mosquitto_pub -h "$HOST" -p "$PORT" -u "$ROOM" -t home/hall/bell -m 'somebody is at the door'
