mosquitto_sub -h localhost -p 1883 -V 5 -i hall -q 1 -t "#"
# terminal 2
mosquitto_pub -V 5 -q 2 -r -t "home/kitchen/display" -m "dinner is ready"
