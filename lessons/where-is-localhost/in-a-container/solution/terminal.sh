docker run -d --name broker -p 1883:1883 -v "$PWD:/mosquitto/config" eclipse-mosquitto:2
# apply
