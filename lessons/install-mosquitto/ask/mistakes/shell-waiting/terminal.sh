mosquitto_sub -t 'home/#'
mosquitto_sub -t '$SYS/broker/version' -C 1
