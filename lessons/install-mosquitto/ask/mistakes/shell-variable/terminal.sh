mosquitto_sub -t "$SYS" -C 1
