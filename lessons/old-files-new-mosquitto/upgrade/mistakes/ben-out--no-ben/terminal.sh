mosquitto_passwd -b passwd anna river-42
mosquitto_passwd -D passwd ben
# apply
