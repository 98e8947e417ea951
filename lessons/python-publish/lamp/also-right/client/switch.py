import os

import paho.mqtt.client as mqtt

waiting = ['on', *(str(step) for step in range(100, 0, -10))]


def say_next(client):
    if waiting:
        client.publish('home/lamp/set', waiting.pop(0), qos=1)
    else:
        client.disconnect()


def on_connect(client, userdata, flags, reason_code, properties):
    client.subscribe('home/lamp/state')


def on_message(client, userdata, message):
    say_next(client)


def on_publish(client, userdata, mid, reason_code, properties):
    say_next(client)


switch = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
switch.username_pw_set(os.environ['ROOM'])
switch.on_connect = on_connect
switch.on_message = on_message
switch.on_publish = on_publish
switch.connect(os.environ['HOST'], int(os.environ['PORT']))
switch.loop_forever()
