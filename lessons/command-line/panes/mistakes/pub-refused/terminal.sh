mosquitto_sub -t 'home/#' -v
# terminal 2
mosquitto_pub -m 'dinner is ready'
