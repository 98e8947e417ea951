mosquitto_sub -v -t 'home/#' -W 1
