mosquitto_sub -v -t #
