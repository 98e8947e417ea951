mosquitto_sub -v
