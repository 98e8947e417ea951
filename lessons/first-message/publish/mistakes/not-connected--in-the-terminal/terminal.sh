mosquitto_pub -t hello/mqtt -m 'Hello, MQTT!'
