echo anna:river-42 > passwd
echo ben:lake-17 >> passwd
mosquitto_passwd -U passwd
# apply
