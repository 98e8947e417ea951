docker run -d --name broker -p 1883:1883 -v mosquitto:/mosquitto/config eclipse-mosquitto:2.0
# apply
