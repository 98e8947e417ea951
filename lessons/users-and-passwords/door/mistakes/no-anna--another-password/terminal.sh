mosquitto_passwd -b passwd anna river42
# apply
