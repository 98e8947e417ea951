mosquitto_sub -t 'home/#' -E
# terminal 2
mosquitto_pub -t home/kitchen/display -m 'dinner is ready'
