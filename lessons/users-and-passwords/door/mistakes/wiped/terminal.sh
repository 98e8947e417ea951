mosquitto_passwd -c -b passwd anna river-42
# apply
