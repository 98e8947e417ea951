mosquitto_sub -t "$SYS/broker/version" -C 1
