mosquitto_sub -t '$SYS/Broker/Version' -C 1
