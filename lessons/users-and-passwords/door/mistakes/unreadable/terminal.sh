mosquitto_passwd -b passwd anna river-42
chown root passwd
# apply
