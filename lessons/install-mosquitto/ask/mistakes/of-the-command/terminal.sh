mosquitto_sub --version
