mosquitto_sub -t home/\# -d
# terminal 2
echo dinner is ready | mosquitto_pub -t home/kitchen/display -l
