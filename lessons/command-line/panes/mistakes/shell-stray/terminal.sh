mosquitto_sub -v home/#
