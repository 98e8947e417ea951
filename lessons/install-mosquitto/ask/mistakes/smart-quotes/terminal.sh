mosquitto_sub -t ‘$SYS/broker/version’ -W 1
