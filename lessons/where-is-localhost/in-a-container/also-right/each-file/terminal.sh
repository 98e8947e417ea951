docker run -d --name mosquitto -p 1883:1883 -v /etc/mosquitto/mosquitto.conf:/mosquitto/config/mosquitto.conf:ro -v /etc/mosquitto/passwd:/mosquitto/config/passwd:ro eclipse-mosquitto:2.0
# apply
