mosquitto_sub -t '#' -v
