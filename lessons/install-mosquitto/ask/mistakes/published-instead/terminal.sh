mosquitto_pub -t '$SYS/broker/version'
