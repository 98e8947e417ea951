mosquitto_pub -t home/kitchen/display -m 'dinner is ready'
# terminal 2
mosquitto_sub -t 'home/#' -v
