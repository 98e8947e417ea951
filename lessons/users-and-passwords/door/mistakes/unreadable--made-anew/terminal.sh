rm passwd
sudo mosquitto_passwd -c -b passwd ben lake-17
sudo mosquitto_passwd -b passwd anna river-42
# apply
