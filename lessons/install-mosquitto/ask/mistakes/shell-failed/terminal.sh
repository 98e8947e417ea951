mosquitto-sub -t '$SYS/broker/version' -C 1
