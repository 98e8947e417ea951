mosquitto_sub -t 'home/#' -v
mosquitto_pub -t home/kitchen/display -m 'dinner is ready'
