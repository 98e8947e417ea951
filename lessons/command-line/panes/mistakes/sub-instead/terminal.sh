mosquitto_sub -t 'home/#' -v
# terminal 2
mosquitto_sub -t home/kitchen/display -m 'dinner is ready'
