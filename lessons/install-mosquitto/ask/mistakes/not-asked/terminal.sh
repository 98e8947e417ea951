mosquitto_sub -C 1
