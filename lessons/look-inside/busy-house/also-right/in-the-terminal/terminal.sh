mosquitto_sub -v -t '$SYS/broker/clients/#'
# terminal 2
mosquitto_pub -t report/flood -m attic-sensor
mosquitto_pub -t house/status/garage-door -r -n
