mosquitto_sub -t 'home/#' -v
# terminal 2
mosquitto_pub -h test.mosquitto.org -t home/kitchen/display -m 'dinner is ready'
