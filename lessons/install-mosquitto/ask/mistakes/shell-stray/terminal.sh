mosquitto_sub '$SYS/broker/version'
