mosquitto_sub -h localhost -p 1883 -v -C 1 -t \$SYS/broker/version
