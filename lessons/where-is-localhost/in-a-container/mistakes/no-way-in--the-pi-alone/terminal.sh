docker run -d --name broker -p 127.0.0.1:1883:1883 -v "$PWD:/mosquitto/config" eclipse-mosquitto:2
# apply
