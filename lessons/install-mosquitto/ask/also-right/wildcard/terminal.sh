mosquitto_sub -t '$SYS/#' -W 2 -v
