mosquitto_passwd -b passwd anna river-42
chown root:mosquitto passwd
chmod 640 passwd
# apply
