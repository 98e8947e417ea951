mosquitto_pub -t home/kitchen/display -m 'dinner is ready'
